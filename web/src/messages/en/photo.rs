use crate::messages::Photo;

pub static PHOTO: Photo = Photo {
    title: "Photo",
    hint: "Your face or your place, in good light. JPEG, PNG or WebP; drop it here or choose it.",
    choose: "Choose a photo",
    change: "Change photo",
    remove: "Remove photo",
    saved: "Your page shows the photo.",
    removed: "The photo is removed.",
    reading: "Reading the photo",
    unreadable: "This file is not a picture that can be read here. Choose a JPEG, PNG or WebP.",
    too_small: "This picture is too small. It needs 160 pixels each way, and looks good from 640.",
    crop_title: "What customers see",
    crop_label: "The square that is shown",
    crop_hint: "Drag to move it. With keys: arrows move, plus and minus zoom.",
    zoom: "Zoom",
    take: "Use this photo",
};
